namespace EarlyWarning.Cli.Importing;

/// <summary>Turns rows into observations.</summary>
internal interface ILayout
{
    /// <summary>Whether rows may carry revisions.</summary>
    bool HasRevisions { get; }

    /// <summary>
    /// The row's observations. Throws <see cref="RowException"/> where the whole row cannot be read; rejects single cells in the tally.
    /// </summary>
    IEnumerable<Item> Read(Row row, Tally tally);

    /// <summary>How many values are lost with the row.</summary>
    int ValuesOf(Row row);
}
