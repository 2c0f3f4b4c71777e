namespace EarlyWarning.Cli.Output;

/// <summary>How a piece of text is meant; a colour on a terminal, nothing elsewhere.</summary>
internal enum Tone
{
    Plain,
    Good,
    Warn,
    Bad,
    Dim,
}

/// <summary>A table's cell.</summary>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string? text) => new(text ?? "");
}

/// <summary>A table's column.</summary>
internal readonly record struct Column(string Title, bool Right = false)
{
    public static implicit operator Column(string title) => new(title);

    public static Column Figure(string title) => new(title, Right: true);
}
