using EarlyWarning.Store.Tests;
using EarlyWarning.Store.Tests.Infrastructure;

if (args is [Workload.Command, var folder, .. var more])
{
    return await Workload.RunAsync(folder, more is [Workload.Archives]);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
