using EarlyWarning.Fuzzing.Tests.Running;

namespace EarlyWarning.Fuzzing.Tests;

/// <summary>Starts the command where its name comes first, else the tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        args switch
        {
            ["fuzz", .. var rest] => Fuzz(rest),
            _ when args.Any(arg => arg is "--server" or "--internal-msbuild-node") =>
                await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                    args,
                    SelfRegisteredExtensions.AddSelfRegisteredExtensions
                ),
            _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
        };

    private static int Fuzz(string[] args)
    {
        // Before anything that is instrumented runs.
        Coverage.Prepare();
        return FuzzCommand.Run(args, Console.Out);
    }
}
