using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Tests.Infrastructure;

namespace EarlyWarning.Escalation.Tests.Cases;

public sealed class CaseRulesTests
{
    [Theory]
    [InlineData(V1.Decision.ReferToSecurityCouncil)]
    [InlineData(V1.Decision.NotRefer)]
    public void Decide_ReservedDecision_IsForDecisionMakersOnly(V1.Decision decision)
    {
        var now = Acknowledged();
        Assert.Equal(V1.ErrorReason.DecisionReserved, CaseRules.Decide(now, Some.FocalPoint, decision, [], "")?.Reason);
        Assert.Null(CaseRules.Decide(now, Some.DecisionMaker, decision, [], ""));
    }

    [Fact]
    public void Decide_BeforeAnyAcknowledgement_IsRefused() =>
        Assert.Equal(
            V1.ErrorReason.NotAcknowledged,
            CaseRules.Decide(Open(), Some.FocalPoint, V1.Decision.PreventiveAction, [], "")?.Reason
        );

    [Fact]
    public void Acknowledge_RoleNotYetAskedOrOfAnotherCountry_IsNotOnTheLadder()
    {
        Assert.Equal(V1.ErrorReason.NotOnLadder, CaseRules.Acknowledge(Open(), Some.UnOffice, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.NotOnLadder, CaseRules.Acknowledge(Open(), Some.Elsewhere, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.NotOnLadder, CaseRules.Acknowledge(Open(), Some.Operator, [], "")?.Reason);
        Assert.Null(CaseRules.Acknowledge(Open(), Some.FocalPoint, [], ""));
    }

    [Fact]
    public void Acknowledge_OtherEtag_IsAborted()
    {
        var now = Open();
        Assert.Equal(V1.ErrorReason.EtagMismatch, CaseRules.Acknowledge(now, Some.FocalPoint, [], now.Etag + "0")?.Reason);
        Assert.Null(CaseRules.Acknowledge(now, Some.FocalPoint, [], now.Etag));
    }

    [Fact]
    public void StandDown_WhileFiring_NeedsTheFlagAndIsNotForTheState()
    {
        var now = Open();
        Assert.Equal(V1.ErrorReason.StillFiring, CaseRules.StandDown(now, Some.Operator, false, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.StillFiring, CaseRules.StandDown(now, Some.FocalPoint, true, [], "")?.Reason);
        Assert.Null(CaseRules.StandDown(now, Some.Operator, true, [], ""));
    }

    [Fact]
    public void Acts_OnACaseThatWasStoodDown_AreRefused()
    {
        var now = new Timeline()
            .Breach(at: 0, Some.Breach("a"))
            .StandsDown(at: 1, Some.Operator, althoughFiring: true)
            .Expect(1, 0)
            .Run(until: 2)
            .Case;
        Assert.NotNull(now.CloseTime);
        Assert.Equal(V1.ErrorReason.CaseClosed, CaseRules.Acknowledge(now, Some.FocalPoint, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.CaseClosed, CaseRules.Decide(now, Some.DecisionMaker, V1.Decision.NotRefer, [], "")?.Reason);
        Assert.Equal(V1.ErrorReason.CaseClosed, CaseRules.StandDown(now, Some.Operator, true, [], "")?.Reason);
    }

    private static V1.Case Open() => new Timeline().Breach(at: 0, Some.Breach("a")).Expect(1, 0).Run(until: 1).Case;

    private static V1.Case Acknowledged() =>
        new Timeline().Breach(at: 0, Some.Breach("a")).Acknowledges(at: 1, Some.FocalPoint).Expect(1, 0).Run(until: 2).Case;
}
