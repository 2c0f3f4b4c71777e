using System.CommandLine;
using EarlyWarning.Cli.Invocation;
using EarlyWarning.V1;

namespace EarlyWarning.Cli.Scoring;

/// <summary>The option that starts a long command in the suite and leaves it.</summary>
internal static class Detaching
{
    public static Option<bool> Create() =>
        CommonOptions.Flag(
            "--detach",
            "Start it in the suite and leave: prints the name of the operation, by which `ew operation NAME --wait` gets the result."
        );

    /// <summary>Starts a call as an operation and prints its name.</summary>
    public static async Task<int> StartAsync(CommandContext context, StartOperationRequest request, CancellationToken cancellation)
    {
        var started = (await context.Suite.Operations.StartOperationAsync(request, cancellationToken: cancellation)).Operation;
        return context.Show(started, operation => context.Print.Line(operation.Name));
    }
}
