using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Rows;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Requests;
using Google.Protobuf;
using Grpc.Core;

namespace EarlyWarning.Escalation.Grains;

/// <summary>What people do in cases: checks an act, does it, and answers with the case after it. Thread-safe.</summary>
internal sealed class CaseActs(CaseReader reader, CaseContexts contexts, CaseCommits commits, TimeProvider time)
{
    /// <summary>Acts in a case of a country; an act that was done before is answered and changes nothing.</summary>
    public async Task<CaseAnswer> DoAsync(string country, Act act)
    {
        var answer = new CaseAnswer(null, null);
        try
        {
            await commits.DecideAsync(country, async () =>
            {
                (answer, var change) = await TryAsync(country, act);
                var unit = new Unit();
                return new(
                    change is null ? unit : unit.KeepRequest(act.Mark, act.Response(answer.Case!).ToByteArray(), time.GetUtcNow()),
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

    private async Task<(CaseAnswer Answer, CaseChange? Change)> TryAsync(string country, Act act)
    {
        if (await reader.FindAsync(act.Case, CancellationToken.None) is not { } before)
        {
            return (Missing("name", act.Case, "Check the name, or list what there is."), null);
        }

        if (await contexts.RecipientAsync(act.Recipient) is not { } recipient)
        {
            return (Missing("recipient", act.Recipient, "Act for a recipient of the directory."), null);
        }

        var open = before.Head.CloseTime is null ? before : await reader.OpenAsync(country, CancellationToken.None);
        if (act.Check(before.Head, open?.Head, recipient) is { } fault)
        {
            return (new(null, fault), null);
        }

        var answer = await reader.TellAsync(before, CaseReader.Newest, CancellationToken.None);
        if (act.WasDone(before.Head, recipient))
        {
            return (new(answer, null), null);
        }

        var builder = new CaseChangeBuilder(before, await contexts.GetAsync(country, time.GetUtcNow()));
        act.Perform(builder, recipient);
        var change = builder.Finish();
        var told = change.After.Head.Clone();
        told.Entries.Add(answer.Entries.Concat(change.Entries).TakeLast(CaseReader.Newest));
        told.Breaches.Add(answer.Breaches);
        return (new(told, null), act.ValidateOnly ? null : change);
    }

    private static CaseAnswer Missing(string field, string name, string fix) =>
        new(null, new(StatusCode.NotFound, V1.ErrorReason.NotFound, field, $"There is no '{name}'. {fix}") { Resource = name });
}
