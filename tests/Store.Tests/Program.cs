using EarlyWarning.Store.Tests;
using EarlyWarning.Store.Tests.Infrastructure;

if (args is [Workload.Command, var folder])
{
    return await Workload.RunAsync(folder);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
