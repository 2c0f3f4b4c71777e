namespace EarlyWarning.Indicators.Intake.Clocks;

/// <summary>
/// What becomes of an item that was observed further ahead of our time than is allowed. It is to be sent again where our clock may be the
/// wrong one: where
/// enough sources are ahead alike, or the store's clock is, so far that the item would not be ahead of theirs; and for an hour where there
/// are too few
/// sources and no other clock to tell. Otherwise it is refused. Pure.
/// </summary>
/// <param name="Survey">How the sources stand to our time.</param>
/// <param name="StoreLead">By how much the store's clock leads ours; <see langword="null"/> where it has none.</param>
/// <param name="Allowed">How far ahead an item may lie.</param>
internal readonly record struct FutureRule(SourceSurvey Survey, TimeSpan? StoreLead, TimeSpan Allowed)
{
    /// <summary>Whether an item is to be sent again, rather than refused.</summary>
    /// <param name="lead">How far it lies ahead.</param>
    /// <param name="aheadFor">For how long its source has been ahead.</param>
    public bool IsToBeSentAgain(TimeSpan lead, TimeSpan aheadFor) =>
        lead <= Survey.Difference + Allowed
        || lead <= StoreLead + Allowed
        || (Survey.Heard < SourceSurvey.Enough && StoreLead is null && aheadFor <= SourceClocks.Patience);
}
