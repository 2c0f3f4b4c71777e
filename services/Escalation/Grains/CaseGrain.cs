using EarlyWarning.Escalation.Cases;

namespace EarlyWarning.Escalation.Grains;

/// <summary>
/// Decides in a country's cases, one call after the other: reads the rows, decides, commits all that follows in one transaction. Two
/// activations at once do nothing twice: the later commit finds the case changed, and decides again.
/// </summary>
internal sealed class CaseGrain(CaseDecider decider, CaseActs acts, CaseCommits commits) : Grain, ICaseGrain
{
    private string Country => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public Task RecordBreachAsync(V1.Breach breach, string eventId) =>
        commits.DecideAsync(Country, () => decider.BreachAsync(Country, breach, eventId));

    /// <inheritdoc />
    public Task RecordNotificationAsync(V1.Notification notification, string eventId) =>
        commits.DecideAsync(Country, () => decider.NotificationAsync(Country, notification, eventId));

    /// <inheritdoc />
    public Task<CaseAnswer> AcknowledgeAsync(V1.AcknowledgeCaseRequest request, CaseActor actor, string mark) =>
        acts.DoAsync(Country, new Acknowledgement(request, actor, mark));

    /// <inheritdoc />
    public Task<CaseAnswer> DecideAsync(V1.DecideCaseRequest request, CaseActor actor, string mark) =>
        acts.DoAsync(Country, new CaseDecision(request, actor, mark));

    /// <inheritdoc />
    public Task<CaseAnswer> StandDownAsync(V1.StandDownCaseRequest request, CaseActor actor, string mark) =>
        acts.DoAsync(Country, new StandDown(request, actor, mark));

    /// <inheritdoc />
    public Task<CaseAnswer> WithdrawAsync(V1.WithdrawAcknowledgementRequest request, CaseActor actor, string mark) =>
        acts.DoAsync(Country, new Withdrawal(request, actor, mark));

    /// <inheritdoc />
    public Task<CaseAnswer> ReopenAsync(V1.ReopenCaseRequest request, CaseActor actor, string mark) =>
        acts.DoAsync(Country, new Reopening(request, actor, mark));

    /// <inheritdoc />
    public async Task WakeAsync()
    {
        // One change for each thing that time does: after a crash in between, the rest is still due.
        while (await ReviewAsync()) { }
    }

    private async Task<bool> ReviewAsync()
    {
        using var span = CaseSpans.Climb(CaseSpans.AreWanted ? await decider.DueAsync(Country) : null);
        return await commits.DecideAsync(Country, () => decider.ReviewAsync(Country));
    }
}
