using System.Collections.Concurrent;
using System.Net;

namespace EarlyWarning.Access.Rates;

/// <summary>
/// What each caller has asked for. Callers who are known are told apart by name, as long as there are not more than an issuer should have;
/// further ones, and addresses, by one of some thousand places, so what is kept does not grow with them, and two that meet in one share it.
/// Thread-safe.
/// </summary>
internal sealed class CallerRates(RateOptions options)
{
    private const int Places = 4_096;
    private const int MostNames = 100_000;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, CallerRate> _known = new(StringComparer.Ordinal);
    private readonly CallerRate?[] _further = new CallerRate?[Places];
    private readonly CallerRate?[] _addresses = new CallerRate?[Places];
    private readonly Bucket?[] _unknown = new Bucket?[Places];

    /// <summary>What a caller who is known has asked for.</summary>
    public CallerRate Of(string name) =>
        _known.TryGetValue(name, out var rate) ? rate
        : _known.Count < MostNames ? _known.GetOrAdd(name, static (_, options) => new(options), options)
        : At(_further, name, static options => new CallerRate(options));

    /// <summary>What an address has asked for.</summary>
    public CallerRate Of(IPAddress? address) => At(_addresses, address, static options => new CallerRate(options));

    /// <summary>Counts a call of nobody who is known; says after which time to try again where the address has made too many.</summary>
    public TimeSpan? Unknown(IPAddress? address) =>
        options.UnknownPerMinute is null
            ? null
            : At(_unknown, address, static options => new Bucket(options.UnknownPerMinute!.Value, s_minute)).Take(1);

    // Hashes of addresses differ from process to process for IPv6, and one who chooses an address gains a shared limit at the most.
    private T At<T>(T?[] places, object? who, Func<RateOptions, T> make)
        where T : class
    {
        ref var place = ref places[(uint)HashCode.Combine(who) % Places];
        return Volatile.Read(ref place) ?? Interlocked.CompareExchange(ref place, make(options), null) ?? Volatile.Read(ref place)!;
    }
}
