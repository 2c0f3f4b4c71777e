using System.Security.Cryptography;

namespace EarlyWarning.Store.Continuity;

/// <summary>Which store this is.</summary>
/// <param name="Identity">Random, made with the store: two stores never share one, except by a copy.</param>
/// <param name="Epoch">
/// Eight characters of Crockford's base 32, random, new with each store and each time that somebody takes one over. It is part of every id
/// that
/// is made, so that two incarnations never give one id to two things.
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

    /// <summary>Makes a new store's identity.</summary>
    internal static StoreIdentity New(bool exercise, DateTimeOffset now) =>
        new(Guid.NewGuid().ToString("N"), NewEpoch(), exercise, NewOwner(), now, "");

    /// <summary>Makes a new owner's mark.</summary>
    internal static string NewOwner() => Guid.NewGuid().ToString("N");
}
