namespace EarlyWarning.Scoring.Values;

/// <summary>Which state of the countries is asked for.</summary>
/// <param name="At">Where validity is measured; <see langword="null"/> for now, or for <paramref name="AsOf"/> where that is given.</param>
/// <param name="AsOf">What was known then; <see langword="null"/> for everything that is known now.</param>
internal readonly record struct Moment(DateTimeOffset? At, DateTimeOffset? AsOf)
{
    /// <summary>The present state.</summary>
    public static Moment Now { get; }

    /// <summary>Whether it is the present state.</summary>
    public bool IsNow => At is null && AsOf is null;
}
