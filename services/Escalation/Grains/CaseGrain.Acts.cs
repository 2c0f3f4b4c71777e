using EarlyWarning.Contracts.Notifications;
using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Requests;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Escalation.Grains;

/// <content>What people do.</content>
internal sealed partial class CaseGrain
{
    /// <inheritdoc />
    public Task<CaseAnswer> AcknowledgeAsync(V1.AcknowledgeCaseRequest request, CaseActor actor, string mark) =>
        ActAsync(
            new(request.Name, request.Recipient, request.ValidateOnly, mark, one => new V1.AcknowledgeCaseResponse { Case = one }),
            (now, recipient) => CaseRules.Acknowledge(now, recipient, request.Causes, request.Etag),
            (now, recipient) => CaseRules.HasAcknowledged(now, recipient, request.Causes),
            (draft, recipient) => draft.Acknowledge(request.Causes, recipient, request.Note, actor)
        );

    /// <inheritdoc />
    public Task<CaseAnswer> DecideAsync(V1.DecideCaseRequest request, CaseActor actor, string mark) =>
        ActAsync(
            new(request.Name, request.Recipient, request.ValidateOnly, mark, one => new V1.DecideCaseResponse { Case = one }),
            (now, recipient) => CaseRules.Decide(now, recipient, request.Decision, request.Causes, request.Etag),
            (_, _) => false,
            (draft, recipient) =>
                draft.Decide(request.Causes, recipient, request.Decision, request.Rationale, request.SeizedUntil?.ToDateTimeOffset(), actor)
        );

    /// <inheritdoc />
    public Task<CaseAnswer> StandDownAsync(V1.StandDownCaseRequest request, CaseActor actor, string mark) =>
        ActAsync(
            new(request.Name, request.Recipient, request.ValidateOnly, mark, one => new V1.StandDownCaseResponse { Case = one }),
            (now, recipient) => CaseRules.StandDown(now, recipient, request.AlthoughFiring, request.Causes, request.Etag),
            (_, _) => false,
            (draft, recipient) => draft.StandDown(request.Causes, recipient, request.Reason, actor)
        );

    private async Task<CaseAnswer> ActAsync(
        Act act,
        Func<V1.Case, V1.Recipient, CaseFault?> check,
        Func<V1.Case, V1.Recipient, bool> doneBefore,
        Action<CaseDraft, V1.Recipient> perform
    )
    {
        var answer = new CaseAnswer(null, null);
        try
        {
            await DecideAsync(async () =>
            {
                (answer, var change) = await TryAsync(act, check, doneBefore, perform);
                var unit = new Unit();
                return new(
                    change is null ? unit : unit.KeepRequest(act.Mark, act.Response(answer.Case!).ToByteArray(), parts.Time.GetUtcNow()),
                    change
                );
            });
            return answer;
        }
        catch (StoreUnavailableException e)
        {
            return new(null, new(StatusCode.Unavailable, V1.ErrorReason.StoreUnavailable, "", e.Message));
        }
    }

    private async Task<(CaseAnswer Answer, CaseChange? Change)> TryAsync(
        Act act,
        Func<V1.Case, V1.Recipient, CaseFault?> check,
        Func<V1.Case, V1.Recipient, bool> doneBefore,
        Action<CaseDraft, V1.Recipient> perform
    )
    {
        if (await parts.Reader.FindAsync(act.Case, CancellationToken.None) is not { } before)
        {
            return (Missing("name", act.Case, "Check the name, or list what there is."), null);
        }

        if (await GrainFactory.GetGrain<IDirectoryGrain>(0).GetAsync(act.Recipient) is not { } recipient)
        {
            return (Missing("recipient", act.Recipient, "Act for a recipient of the directory."), null);
        }

        if (check(before.Head, recipient) is { } fault)
        {
            return (new(null, fault), null);
        }

        if (doneBefore(before.Head, recipient))
        {
            return (await AnswerAsync(before), null);
        }

        var draft = new CaseDraft(before, await ContextAsync(parts.Time.GetUtcNow()));
        perform(draft, recipient);
        var change = draft.Finish();
        var answer = await AnswerAsync(before);
        var told = change.After.Head.Clone();
        told.Entries.Add(answer.Case!.Entries.Concat(change.Entries).TakeLast(CaseReader.Newest));
        told.Breaches.Add(answer.Case.Breaches);
        return (new(told, null), act.ValidateOnly ? null : change);
    }

    private async Task<CaseAnswer> AnswerAsync(CaseState state) =>
        new(await parts.Reader.TellAsync(state, CaseReader.Newest, CancellationToken.None), null);

    private static CaseAnswer Missing(string field, string name, string fix) =>
        new(null, new(StatusCode.NotFound, V1.ErrorReason.NotFound, field, $"There is no '{name}'. {fix}") { Resource = name });

    /// <summary>One act, and how it is answered.</summary>
    private sealed record Act(string Case, string Recipient, bool ValidateOnly, string Mark, Func<V1.Case, IMessage> Response);
}
