using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>Reads how the whole suite stands: this process by its survey, the others by asking them.</summary>
internal sealed class StatusReader(ServerInfo info, StatusSurvey survey, TimeProvider time, PeerSurvey? peers = null)
{
    /// <summary>Reads it, of this process alone where another one asks.</summary>
    public async Task<GetStatusResponse> ReadAsync(GetStatusRequest request, ServerCallContext context)
    {
        var asked = PeerSurvey
            .Of(peers, context)
            ?.AskAsync((server, call) => server.GetStatusAsync(request, call), PeerSurvey.Deadline, context.CancellationToken);
        var lines = await survey.ReadAsync(context.CancellationToken);
        if (asked is not null)
        {
            lines = StatusMerge.Of([lines, .. await LinesAsync(asked)]);
        }

        return new()
        {
            Time = time.GetUtcNow().ToTimestamp(),
            Exercise = info.IsExercise,
            Health = lines.Select(line => line.Health).DefaultIfEmpty(Health.Ok).Max(),
            PathHealth = StatusSurvey.Worst(lines, Heading.Path),
            AnswersHealth = StatusSurvey.Worst(lines, Heading.Answers),
            Lines = { lines },
        };
    }

    private static async Task<IEnumerable<IReadOnlyList<StatusLine>>> LinesAsync(Task<IReadOnlyList<PeerAnswer<GetStatusResponse>>> asked)
    {
        try
        {
            return (await asked).Select(answer =>
                answer.Answer is { } status ? status.Lines : (IReadOnlyList<StatusLine>)[Silent(answer.Process, answer.Fault)]
            );
        }
        catch (StoreUnavailableException)
        {
            // The line of the services says so.
            return [];
        }
    }

    private static StatusLine Silent(SuiteProcess process, string why) =>
        new()
        {
            Subject = "process",
            Heading = Heading.Path,
            Health = Health.Failing,
            Text = $"The process that runs {string.Join(", ", process.Services)} does not answer, so what it would say is not known. {why}",
            Action = "See that it runs, and that this process reaches it at its --peer address.",
            Processes = { process.Peer },
        };
}
