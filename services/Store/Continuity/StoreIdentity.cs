using System.Data.Common;
using System.Security.Cryptography;
using EarlyWarning.Store.Databases;

namespace EarlyWarning.Store.Continuity;

/// <summary>Which store this is.</summary>
/// <param name="Identity">Random, made with the store: two stores never share one.</param>
/// <param name="Epoch">
/// Eight characters of Crockford's base 32, random, new with each store and each restore. It is part of every id that is made, so that two
/// incarnations never give one id to two things.
/// </param>
/// <param name="Exercise">Whether it is an exercise's.</param>
/// <param name="Owner">Whose it is: the suite's own mark, which stands in its data folder too.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Quiet">Why nothing is sent until somebody takes the store over; empty where it is in use.</param>
public sealed record StoreIdentity(string Identity, string Epoch, bool Exercise, string Owner, DateTimeOffset Created, string Quiet)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Makes a new epoch.</summary>
    public static string NewEpoch() => RandomNumberGenerator.GetString(Alphabet, 8);

    internal static StoreIdentity? Find(Session session) =>
        session.Query(new("select identity, epoch, mode, owner, created, quiet from store"), Read) is [var found] ? found : null;

    internal void Create(Session session) => session.Execute(new(
        "insert into store (one, identity, epoch, mode, owner, created, beat, quiet) values (1, $1, $2, $3, $4, $5, 0, $6)",
        Identity, Epoch, Exercise ? "exercise" : "actual", Owner, Created.UtcTicks, Quiet));

    private static StoreIdentity Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2) == "exercise", row.GetString(3), new(row.GetInt64(4), TimeSpan.Zero), row.GetString(5));
}
