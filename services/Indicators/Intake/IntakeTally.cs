namespace EarlyWarning.Indicators.Intake;

/// <summary>How many items of a batch came to what.</summary>
internal readonly record struct IntakeTally(int Recorded, int Duplicates, int Rejected, int Retried, int Superseded)
{
    /// <summary>Counts outcomes.</summary>
    public static IntakeTally Of(ReadOnlySpan<V1.Outcome> outcomes)
    {
        int recorded = 0,
            duplicates = 0,
            rejected = 0,
            retried = 0,
            superseded = 0;
        foreach (var outcome in outcomes)
        {
            switch (outcome)
            {
                case V1.Outcome.Recorded:
                    recorded++;
                    break;
                case V1.Outcome.Duplicate:
                    duplicates++;
                    break;
                case V1.Outcome.Rejected:
                    rejected++;
                    break;
                case V1.Outcome.Retry:
                    retried++;
                    break;
                case V1.Outcome.Superseded:
                    superseded++;
                    break;
            }
        }

        return new(recorded, duplicates, rejected, retried, superseded);
    }
}
