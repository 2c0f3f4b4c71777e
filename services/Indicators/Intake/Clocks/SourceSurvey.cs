namespace EarlyWarning.Indicators.Intake.Clocks;

/// <summary>
/// What the sources heard lately say together of our clock. Alike are those that lead by half or more of the largest lead among them: who
/// reports with a
/// delay leads by less than his clock does, while faults of their own are of all sizes.
/// </summary>
/// <param name="Heard">How many were heard.</param>
/// <param name="Ahead">How many of them are ahead of us by more than is allowed.</param>
/// <param name="Alike">How many of those are ahead alike, where it is enough of them; else 0.</param>
/// <param name="Difference">
/// By how much they are ahead: our clock would then be behind by it; <see langword="null"/> where it is not enough of them.
/// </param>
internal readonly record struct SourceSurvey(int Heard, int Ahead, int Alike, TimeSpan? Difference)
{
    /// <summary>How many have to be ahead alike, and be half of those heard, for our clock to be the one in doubt.</summary>
    public const int Enough = 3;

    /// <summary>Surveys leads.</summary>
    public static SourceSurvey Of(TimeSpan[] leads, TimeSpan allowed)
    {
        var ahead = leads.Where(lead => lead > allowed).OrderDescending().ToArray();
        for (int first = 0, end = 0; first < ahead.Length; first++)
        {
            while (end < ahead.Length && ahead[end] * 2 >= ahead[first])
            {
                end++;
            }

            if (end - first >= Enough && (end - first) * 2 >= leads.Length)
            {
                return new(leads.Length, ahead.Length, end - first, ahead[first]);
            }
        }

        return new(leads.Length, ahead.Length, 0, null);
    }
}
