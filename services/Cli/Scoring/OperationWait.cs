using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Invocation;
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
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <summary>Without a bar nobody looks.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static Task<Operation> RunAsync(CommandContext context, string name, CancellationToken cancellation) =>
        context.Print.ShowsProgress
            ? new Progress(context.Print.Notes)
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
                .StartAsync(progress =>
                {
                    var bar = progress.AddTask("waiting", maxValue: 1);
                    return FollowAsync(
                        context,
                        name,
                        s_poll,
                        operation =>
                        {
                            bar.Value = operation.Progress;
                            bar.Description = operation.Phase.Length > 0 ? operation.Phase : DisplayText.Label(operation.State);
                        },
                        cancellation
                    );
                })
            : FollowAsync(context, name, s_patience, _ => { }, cancellation);

    private static async Task<Operation> FollowAsync(
        CommandContext context,
        string name,
        TimeSpan look,
        Action<Operation> report,
        CancellationToken cancellation
    )
    {
        var wait = look < context.Settings.Timeout ? look : context.Settings.Timeout / 2;
        var answered = context.Terminal.Time.GetTimestamp();
        while (true)
        {
            try
            {
                var operation = (
                    await context.Suite.Operations.WaitOperationAsync(
                        new() { Name = name, Timeout = Duration.FromTimeSpan(wait) },
                        cancellationToken: cancellation
                    )
                ).Operation;
                answered = context.Terminal.Time.GetTimestamp();
                report(operation);
                if (operation.EndTime is not null)
                {
                    return operation;
                }
            }
            catch (RpcException error)
                when (Failure.IsPassing(error)
                    && !cancellation.IsCancellationRequested
                    && context.Terminal.Time.GetElapsedTime(answered) < context.Settings.Timeout
                )
            {
                await Task.Delay(
                    Failure.DelayOf(error) is var asked && asked > s_poll ? asked : s_poll,
                    context.Terminal.Time,
                    cancellation
                );
            }
        }
    }
}
