using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Output;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Spectre.Console;

namespace EarlyWarning.Cli.Scoring;

/// <summary>Waits for an operation's end, with a bar that moves while it runs. A suite that is restarted meanwhile is waited for.</summary>
internal static class OperationWait
{
    /// <summary>So often the bar moves.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>Without a bar nobody looks.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static Task<Operation> RunAsync(Session session, string name, CancellationToken cancellation) =>
        session.Print.ShowsProgress
            ? new Progress(session.Print.Notes)
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(context =>
                {
                    var bar = context.AddTask("waiting", maxValue: 1);
                    return FollowAsync(
                        session,
                        name,
                        s_look,
                        operation =>
                        {
                            bar.Value = operation.Progress;
                            bar.Description = operation.Phase.Length > 0 ? operation.Phase : Wording.Label(operation.State);
                        },
                        cancellation
                    );
                })
            : FollowAsync(session, name, s_patience, _ => { }, cancellation);

    private static async Task<Operation> FollowAsync(
        Session session,
        string name,
        TimeSpan look,
        Action<Operation> report,
        CancellationToken cancellation
    )
    {
        var wait = look < session.Settings.Timeout ? look : session.Settings.Timeout / 2;
        var answered = session.Terminal.Time.GetTimestamp();
        while (true)
        {
            try
            {
                var operation = (
                    await session.Suite.Operations.WaitOperationAsync(
                        new() { Name = name, Timeout = Duration.FromTimeSpan(wait) },
                        cancellationToken: cancellation
                    )
                ).Operation;
                answered = session.Terminal.Time.GetTimestamp();
                report(operation);
                if (operation.EndTime is not null)
                {
                    return operation;
                }
            }
            catch (RpcException error)
                when (Failure.IsPassing(error)
                    && !cancellation.IsCancellationRequested
                    && session.Terminal.Time.GetElapsedTime(answered) < session.Settings.Timeout
                )
            {
                await Task.Delay(
                    Failure.DelayOf(error) is var asked && asked > s_look ? asked : s_look,
                    session.Terminal.Time,
                    cancellation
                );
            }
        }
    }
}
