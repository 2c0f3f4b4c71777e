namespace EarlyWarning.Catalogue.States;

/// <summary>Years, the first and the last included.</summary>
/// <param name="First">The first; the least number where there is no bound.</param>
/// <param name="Last">The last; the greatest number where there is no bound.</param>
public readonly record struct YearSpan(int First, int Last)
{
    /// <summary>All years.</summary>
    public static readonly YearSpan Unbounded = new(int.MinValue, int.MaxValue);

    /// <summary>Whether a year is one of these.</summary>
    public bool Contains(int year) => year >= First && year <= Last;

    /// <summary>Says the span, as after "was a State": <c>from 1918 to 1990</c>, <c>until 1922</c>, <c>from 1990 on</c>.</summary>
    public override string ToString() =>
        (First, Last) switch
        {
            (int.MinValue, int.MaxValue) => "always",
            (int.MinValue, _) => $"until {Last}",
            (_, int.MaxValue) => $"from {First} on",
            _ => $"from {First} to {Last}",
        };
}
