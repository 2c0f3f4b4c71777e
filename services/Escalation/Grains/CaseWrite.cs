using EarlyWarning.Escalation.Cases;
using EarlyWarning.Store.Committing;

namespace EarlyWarning.Escalation.Grains;

/// <summary>What is to be committed, and the change of a case that goes with it.</summary>
/// <param name="Unit">What is committed; an empty one is not.</param>
/// <param name="Change">The change; <see langword="null"/> where no case changes.</param>
internal sealed record CaseWrite(Unit Unit, CaseChange? Change);
