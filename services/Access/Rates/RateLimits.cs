namespace EarlyWarning.Access.Rates;

/// <summary>
/// Which limits hold: those that were asked for; else the standard ones where keys exist, and none while the suite is open. Thread-safe.
/// </summary>
/// <param name="asked">What was asked for; <see langword="null"/> for nothing.</param>
internal sealed class RateLimits(RateOptions? asked)
{
    private readonly CallerRates _rates = new(asked ?? RateOptions.Standard);

    /// <summary>The rates that hold; <see langword="null"/> for none.</summary>
    public CallerRates? Current(bool isOpen) => isOpen && asked is null ? null : _rates;
}
