using EarlyWarning.Escalation.Ladder;

namespace EarlyWarning.Escalation.Cases;

/// <summary>What a case is decided with.</summary>
/// <param name="Ladder">The ladder in force.</param>
/// <param name="Directory">Who may be asked; <see langword="null"/> where that is not known, and everybody is taken to be there.</param>
/// <param name="Now">The time.</param>
internal sealed record CaseContext(CaseLadder Ladder, IReadOnlyList<V1.Recipient>? Directory, DateTimeOffset Now)
{
    /// <summary>Whether the directory names somebody in a role who answers for a country.</summary>
    public bool HasRecipient(V1.Role role, string country) =>
        Directory is null || Directory.Any(recipient => recipient.Role == role && CaseRules.AnswersFor(recipient, country));
}
