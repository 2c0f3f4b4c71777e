using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Committing;

/// <summary>
/// What is to become durable together or not at all: statements, some of which must change a row for the unit to stand. Filled by one
/// thread, then committed once.
/// </summary>
public sealed class Unit
{
    private readonly List<Statement> _statements = [];
    private readonly List<RequiredChange> _demands = [];

    internal IReadOnlyList<Statement> Statements => _statements;

    internal IReadOnlyList<RequiredChange> Demands => _demands;

    /// <summary>
    /// How to find out whether the unit was committed, where that is not known; <see langword="null"/> where it cannot be told.
    /// </summary>
    internal Statement? Proof { get; private set; }

    /// <summary>Whether it owes events.</summary>
    internal bool Owes { get; set; }

    /// <summary>About how many bytes the unit writes.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _statements.Count == 0;

    /// <summary>Adds a statement whose effect on rows does not matter.</summary>
    public Unit Add(string sql, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _statements.Add(new(sql, values));
        foreach (var value in values)
        {
            Bytes += value switch
            {
                byte[] bytes => bytes.Length,
                string text => text.Length,
                _ => 8,
            };
        }

        return this;
    }

    /// <summary>
    /// Adds a statement that must change exactly one row; else nothing of the unit happens and <paramref name="refused"/> is thrown.
    /// </summary>
    public Unit Require(Func<Exception> refused, string sql, params object?[] values)
    {
        _demands.Add(new(_statements.Count, refused));
        return Add(sql, values);
    }

    /// <summary>
    /// Lets no other process write into a table whose rows are read in the order of a sequence, until this unit is committed: so that order
    /// is the order of commits, and a reader skips nothing.
    /// </summary>
    public Unit Lock(string table) => Add($"{Statement.SharedOnly}{table} in share row exclusive mode");

    /// <summary>Sets the query that finds a row exactly where this unit was committed.</summary>
    internal void ProveBy(string sql, params object?[] values) => Proof = new(sql, values);

    /// <summary>A statement that must change one row.</summary>
    internal readonly record struct RequiredChange(int Index, Func<Exception> Refused);
}
