using EarlyWarning.Contracts.Cases;
using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Journal;
using EarlyWarning.Store;
using Grpc.Core;

namespace EarlyWarning.Escalation.Desk;

/// <summary>What people do.</summary>
internal sealed partial class CaseDeskGrain
{
    public Task<CaseAnswer> AcknowledgeAsync(V1.AcknowledgeCaseRequest request, CaseActor actor) => ActAsync(
        request.Name,
        request.Recipient,
        request.ValidateOnly,
        (now, recipient) => CaseRules.Acknowledge(now, recipient, request.Etag),
        (state, recipient) => CaseRules.StepOf(state, recipient.Role) is { AcknowledgedBy: var by } && by == recipient.DisplayName,
        (draft, state, recipient) => draft.Acknowledge(CaseRules.StepOf(state, recipient.Role)!, recipient, request.Note, actor));

    public Task<CaseAnswer> DecideAsync(V1.DecideCaseRequest request, CaseActor actor) => ActAsync(
        request.Name,
        request.Recipient,
        request.ValidateOnly,
        (now, recipient) => CaseRules.Decide(now, recipient, request.Decision, request.Etag),
        (_, _) => false,
        (draft, _, recipient) => draft.Decide(recipient, request.Decision, request.Rationale, request.SeizedUntil?.ToDateTimeOffset(), actor));

    public Task<CaseAnswer> StandDownAsync(V1.StandDownCaseRequest request, CaseActor actor) => ActAsync(
        request.Name,
        request.Recipient,
        request.ValidateOnly,
        (now, recipient) => CaseRules.StandDown(now, recipient, request.AlthoughFiring, request.Etag),
        (_, _) => false,
        (draft, _, recipient) => draft.StandDown(recipient, request.Reason, actor));

    private async Task<CaseAnswer> ActAsync(
        string name,
        string recipientName,
        bool validateOnly,
        Func<V1.Case, V1.Recipient, CaseFault?> check,
        Func<V1.Case, V1.Recipient, bool> doneBefore,
        Action<CaseDraft, V1.Case, V1.Recipient> act)
    {
        if (!_writer.Book.Cases.ContainsKey(name))
        {
            return Missing("name", name, "Check the name, or list what there is.");
        }

        if (await GrainFactory.GetGrain<IDirectoryGrain>(0).GetAsync(recipientName) is not { } recipient)
        {
            return Missing("recipient", recipientName, "Act for a recipient of the directory.");
        }

        var answer = new CaseAnswer(null, null);
        Record? Decide(CaseBook book, DateTimeOffset now)
        {
            var before = book.Cases[name];
            if (check(before.Head, recipient) is { } fault)
            {
                answer = new(null, fault);
                return null;
            }

            if (doneBefore(before.Head, recipient))
            {
                answer = new(before.Brief, null);
                return null;
            }

            var draft = new CaseDraft(before, parts.Ladder, now);
            act(draft, before.Head, recipient);
            var after = draft.Finish();
            answer = new(after.Brief, null);
            return validateOnly ? null : CaseIntake.Made("", now, record => record.Change = before.ChangeTo(after));
        }

        try
        {
            await WriteAsync(Decide);
            return answer;
        }
        catch (StoreUnavailableException e)
        {
            return new(null, new(StatusCode.Unavailable, V1.ErrorReason.StoreUnavailable, "", e.Message));
        }
    }

    private static CaseAnswer Missing(string field, string name, string fix) =>
        new(null, new(StatusCode.NotFound, V1.ErrorReason.NotFound, field, $"There is no '{name}'. {fix}"));
}
