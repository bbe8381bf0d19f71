"""Messages of the inbox as mail: a sentence in the reader's language, and a link."""
