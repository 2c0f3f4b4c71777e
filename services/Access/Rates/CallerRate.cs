namespace EarlyWarning.Access.Rates;

/// <summary>What one caller has asked for. Thread-safe.</summary>
internal sealed class CallerRate(RateOptions options)
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly Bucket? _calls = options.CallsPerSecond is { } calls ? new(calls, s_second) : null;
    private readonly Bucket? _observations = options.ObservationsPerSecond is { } observations ? new(observations, s_second) : null;
    private int _atOnce;
    private int _open;

    /// <summary>Begins a call; says after which time to try again where one may not be begun now.</summary>
    public TimeSpan? Begin() => _calls?.Take(1);

    /// <summary>Takes observations; says after which time to try again where they may not be taken now.</summary>
    public TimeSpan? Observe(int count) => count > 0 ? _observations?.Take(count) : null;

    /// <summary>Counts a call or a stream as under way, and whether it may be.</summary>
    public bool Enter(bool isStream)
    {
        ref var count = ref isStream ? ref _open : ref _atOnce;
        if (Interlocked.Increment(ref count) <= ((isStream ? options.OpenStreams : options.CallsAtOnce) ?? int.MaxValue))
        {
            return true;
        }

        Interlocked.Decrement(ref count);
        return false;
    }

    /// <summary>Counts the end of one.</summary>
    public void Leave(bool isStream) => Interlocked.Decrement(ref isStream ? ref _open : ref _atOnce);
}
