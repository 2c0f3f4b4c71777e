using System.CommandLine;
using EarlyWarning.Driver;
using EarlyWarning.Driver.Comparing;
using EarlyWarning.Driver.Scaling;
using EarlyWarning.Driver.Targets;

var root = RunCommand.Build(
    "Puts load on a suite, holds what it was told against the store, says what limits, and fails where a limit of the scenario fails.",
    (settings, cancellationToken) => LoadRun.RunAsync(settings, Console.Out, cancellationToken)
);

var port = new Argument<int>("port") { Description = "The loopback port to listen on." };
var echo = new Command("echo", "Serves the bare echo that a suite is held against.") { port };
echo.SetAction((parsed, cancellationToken) => EchoServer.RunAsync(parsed.GetValue(port), cancellationToken));
root.Subcommands.Add(echo);
root.Subcommands.Add(ComparisonCommand.Build());
root.Subcommands.Add(ScalingCommand.Build());
return await root.Parse(args).InvokeAsync();
