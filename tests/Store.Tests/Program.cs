using EarlyWarning.Store.Tests;
using EarlyWarning.Store.Tests.Infrastructure;

if (args is [Workload.Command, var folder, .. var more])
{
    return await Workload.RunAsync(folder, more is [Workload.Archives]);
}

if (args is [HeldWork.Command, var held, var database])
{
    return await HeldWork.RunAsync(held, database);
}

return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
