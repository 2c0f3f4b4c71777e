using EarlyWarning.Escalation.Cases;
using Google.Protobuf;

namespace EarlyWarning.Escalation.Grains;

/// <summary>One act of people in a case.</summary>
/// <param name="Case">The case's name.</param>
/// <param name="Recipient">The name of the recipient for whom somebody acts.</param>
/// <param name="ValidateOnly">It is checked and answered, and not done.</param>
/// <param name="Mark">The request's mark, under which its answer is kept; empty where it has no id.</param>
internal abstract record Act(string Case, string Recipient, bool ValidateOnly, string Mark)
{
    /// <summary>Why it is refused; <see langword="null"/> where it is not.</summary>
    /// <param name="now">The case.</param>
    /// <param name="open">The country's open case, which may be this one; <see langword="null"/> without one.</param>
    /// <param name="recipient">For whom somebody acts.</param>
    public abstract CaseFault? Check(V1.Case now, V1.Case? open, V1.Recipient recipient);

    /// <summary>Whether the case is already as the act would leave it.</summary>
    public virtual bool WasDone(V1.Case now, V1.Recipient recipient) => false;

    /// <summary>Does it.</summary>
    public abstract void Perform(CaseChangeBuilder builder, V1.Recipient recipient);

    /// <summary>Its answer.</summary>
    public abstract IMessage Response(V1.Case after);
}

/// <summary>A recipient answers to a step: we have it.</summary>
internal sealed record Acknowledgement(V1.AcknowledgeCaseRequest Request, CaseActor Actor, string Mark)
    : Act(Request.Name, Request.Recipient, Request.ValidateOnly, Mark)
{
    public override CaseFault? Check(V1.Case now, V1.Case? open, V1.Recipient recipient) =>
        CaseRules.Acknowledge(now, recipient, Request.Causes, Request.Etag);

    public override bool WasDone(V1.Case now, V1.Recipient recipient) => CaseRules.HasAcknowledged(now, recipient, Request.Causes);

    public override void Perform(CaseChangeBuilder builder, V1.Recipient recipient) =>
        builder.Acknowledge(Request.Causes, recipient, Request.Note, Actor);

    public override IMessage Response(V1.Case after) => new V1.AcknowledgeCaseResponse { Case = after };
}

/// <summary>A decision about causes, with its rationale.</summary>
internal sealed record CaseDecision(V1.DecideCaseRequest Request, CaseActor Actor, string Mark)
    : Act(Request.Name, Request.Recipient, Request.ValidateOnly, Mark)
{
    public override CaseFault? Check(V1.Case now, V1.Case? open, V1.Recipient recipient) =>
        CaseRules.Decide(now, recipient, Request.Decision, Request.Causes, Request.Etag);

    public override void Perform(CaseChangeBuilder builder, V1.Recipient recipient) =>
        builder.Decide(Request.Causes, recipient, Request.Decision, Request.Rationale, Request.SeizedUntil?.ToDateTimeOffset(), Actor);

    public override IMessage Response(V1.Case after) => new V1.DecideCaseResponse { Case = after };
}

/// <summary>The end of causes by people, with a reason.</summary>
internal sealed record StandDown(V1.StandDownCaseRequest Request, CaseActor Actor, string Mark)
    : Act(Request.Name, Request.Recipient, Request.ValidateOnly, Mark)
{
    public override CaseFault? Check(V1.Case now, V1.Case? open, V1.Recipient recipient) =>
        CaseRules.StandDown(now, recipient, Request.AlthoughFiring, Request.Causes, Request.Etag);

    public override void Perform(CaseChangeBuilder builder, V1.Recipient recipient) =>
        builder.StandDown(Request.Causes, recipient, Request.Reason, Actor);

    public override IMessage Response(V1.Case after) => new V1.StandDownCaseResponse { Case = after };
}

/// <summary>An answer that was given by mistake is taken back.</summary>
internal sealed record Withdrawal(V1.WithdrawAcknowledgementRequest Request, CaseActor Actor, string Mark)
    : Act(Request.Name, Request.Recipient, Request.ValidateOnly, Mark)
{
    public override CaseFault? Check(V1.Case now, V1.Case? open, V1.Recipient recipient) =>
        CaseRules.Withdraw(now, recipient, Request.Causes, Request.Etag);

    public override void Perform(CaseChangeBuilder builder, V1.Recipient recipient) =>
        builder.Withdraw(Request.Causes, recipient, Request.Note, Actor);

    public override IMessage Response(V1.Case after) => new V1.WithdrawAcknowledgementResponse { Case = after };
}

/// <summary>Causes that were stood down by mistake go on.</summary>
internal sealed record Reopening(V1.ReopenCaseRequest Request, CaseActor Actor, string Mark)
    : Act(Request.Name, Request.Recipient, Request.ValidateOnly, Mark)
{
    public override CaseFault? Check(V1.Case now, V1.Case? open, V1.Recipient recipient) =>
        CaseRules.Reopen(now, open, recipient, Request.Causes, Request.Etag);

    public override void Perform(CaseChangeBuilder builder, V1.Recipient recipient) =>
        builder.Reopen(Request.Causes, recipient, Request.Reason, Actor);

    public override IMessage Response(V1.Case after) => new V1.ReopenCaseResponse { Case = after };
}
