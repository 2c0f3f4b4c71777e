using BenchmarkDotNet.Running;
using EarlyWarning.Benchmarks.Intake;

if (args is ["stages"])
{
    await StageProfile.RunAsync(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
