using EarlyWarning.Driver;
using EarlyWarning.NBomberLoad;

return await RunCommand
    .Build(
        "Runs a scenario of the driver by NBomber. Exit code 1 where a limit fails that NBomber's figures can tell.",
        NBomberRun.RunAsync
    )
    .Parse(args)
    .InvokeAsync();
