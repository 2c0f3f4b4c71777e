namespace EarlyWarning.Store.Databases;

/// <summary>
/// One SQL statement that SQLite and PostgreSQL both take, with its values. Parameters are <c>$1</c>, <c>$2</c> and so on, each used in the
/// order of its number; values are <see cref="long"/>, <see cref="string"/>, <see cref="double"/>, <c>byte[]</c> or <see langword="null"/>.
/// </summary>
/// <param name="Sql">The text, the same for each use, because it is prepared once.</param>
/// <param name="Values">The values by number.</param>
public readonly record struct Statement(string Sql, params object?[] Values)
{
    /// <summary>How a statement begins that only a database needs which several processes write.</summary>
    internal const string SharedOnly = "lock table ";
}
