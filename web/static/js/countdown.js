// A <time data-countdown> counts towards its datetime by the server's clock (data-now), not by this machine's.
for (const time of document.querySelectorAll("[data-countdown]")) {
  const ahead = new Date(time.dataset.now) - Date.now();
  const end = new Date(time.dateTime);
  const { left, over, day, hour, minute, second } = time.dataset;

  const tick = () => {
    const seconds = Math.floor((end - Date.now() - ahead) / 1000);
    if (seconds <= 0) {
      time.textContent = over;
      return;
    }
    const parts = [
      [Math.floor(seconds / 86400), day],
      [Math.floor(seconds / 3600) % 24, hour],
      [Math.floor(seconds / 60) % 60, minute],
      [seconds % 60, second],
    ];
    const first = parts.findIndex(([amount]) => amount > 0);
    const words = parts.slice(first, first + 2).map(([amount, unit]) => unit.replace("{n}", amount)).join("");
    time.textContent = left.replace("{time}", words.trim());
    setTimeout(tick, seconds > 3600 ? 30000 : 1000);
  };
  tick();
}
