namespace EarlyWarning.Escalation.Cases;

/// <summary>Questions to the book.</summary>
internal static class CaseQueries
{
    /// <summary>Open cases by due time (those without one after the others, newest first), then closed ones, newest first.</summary>
    public static IEnumerable<V1.Case> List(this CaseBook book, V1.ListCasesRequest filter) => book.Cases.Values
        .Where(state => (filter.Country.Length == 0 || state.Head.Country == filter.Country) && (!filter.OpenOnly || state.IsOpen))
        .OrderBy(state => state.IsOpen ? 0 : 1)
        .ThenBy(state => state.IsOpen ? state.Due ?? DateTimeOffset.MaxValue : DateTimeOffset.MaxValue)
        .ThenByDescending(state => (state.Head.CloseTime ?? state.Head.OpenTime).ToDateTimeOffset())
        .ThenBy(state => state.Head.Name, StringComparer.Ordinal)
        .Select(state => state.Brief);

    /// <summary>The case that is due first at a time.</summary>
    public static CaseState? FirstDue(this CaseBook book, DateTimeOffset now) => book.Cases.Values
        .Where(state => state.Due <= now)
        .OrderBy(state => state.Due)
        .ThenBy(state => state.Head.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>
    /// A case whose step was reached or answered at a time that has not come yet: a clock was ahead, and its deadline with it.
    /// </summary>
    public static CaseState? FirstMisdated(this CaseBook book, DateTimeOffset now) => book.Cases.Values
        .Where(state => state.IsOpen && CaseDraft.IsMisdated(state.Head, now))
        .OrderBy(state => state.Head.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>When anything is due next; <see langword="null"/> where nothing is.</summary>
    public static DateTimeOffset? NextDue(this CaseBook book) => book.Cases.Values.Min(state => state.Due);

    /// <summary>Steps that were reached and are not published, oldest first.</summary>
    public static IEnumerable<Journal.StepMark> Unpublished(this CaseBook book) => book.Cases.Values
        .SelectMany(state => state.Internals.Unpublished)
        .OrderBy(step => step.ReachTime).ThenBy(step => step.Case, StringComparer.Ordinal).ThenBy(step => step.Climb).ThenBy(step => step.Step);
}
