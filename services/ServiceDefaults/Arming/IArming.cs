namespace EarlyWarning.ServiceDefaults.Arming;

/// <summary>
/// Whether the suite warns. While it is unarmed, because a first load of data is taken in, it scores and lists and tells nobody. It arms
/// itself when the stated time is over. Thread-safe and cheap to ask.
/// </summary>
public interface IArming
{
    /// <summary>
    /// How it is unarmed now; <see langword="null"/> while it is armed, or where that is not known: in doubt people are told.
    /// </summary>
    Unarmed? Current { get; }

    /// <summary>Unarms the suite; again sets the time, the reason and the name anew, and keeps since when it is.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="verified">The name was authenticated.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="mark">The request's mark, under which its answer is kept with it; empty where it has no id.</param>
    /// <param name="answer">Makes the answer that is kept.</param>
    Task<Unarmed> UnarmAsync(
        TimeSpan duration,
        string reason,
        string actor,
        bool verified,
        CancellationToken cancellationToken,
        string mark = "",
        Func<Unarmed, byte[]>? answer = null
    );

    /// <summary>Arms the suite; again changes nothing.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="etag">The etag of the unarming that is to end; empty ends any.</param>
    /// <param name="mark">The request's mark, under which its answer is kept with it; empty where it has no id.</param>
    /// <param name="answer">Makes the answer that is kept, from how many breaches fire suppressed.</param>
    /// <exception cref="Grpc.Core.RpcException">ETAG_MISMATCH where the suite is unarmed otherwise, or armed; nothing is
    /// changed.</exception>
    /// <returns>How many breaches fire suppressed.</returns>
    Task<long> ArmAsync(
        string actor,
        CancellationToken cancellationToken,
        string etag = "",
        string mark = "",
        Func<long, byte[]>? answer = null
    );

    /// <summary>Counts the breaches that began to fire while it was unarmed and fire still: nobody was told of them.</summary>
    Task<long> SuppressedAsync(CancellationToken cancellationToken);
}

/// <summary>How the suite is unarmed.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it arms itself.</param>
/// <param name="Reason">Why, in the words of who did it.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Verified">The name was authenticated.</param>
public sealed record Unarmed(DateTimeOffset Since, DateTimeOffset Until, string Reason, string Actor, bool Verified)
{
    /// <summary>Changes with each unarming, and each time that one is set anew.</summary>
    public string Etag => FormattableString.Invariant($"{Since.UtcTicks:x}-{Until.UtcTicks:x}");

    /// <summary>In a sentence.</summary>
    public override string ToString() =>
        FormattableString.Invariant(
            $"unarmed since {Since:yyyy-MM-dd'T'HH:mm:ss'Z'} until {Until:yyyy-MM-dd'T'HH:mm:ss'Z'}: nobody is told of breaches"
        );
}
