using System.CommandLine;
using EarlyWarning.Driver;
using EarlyWarning.Driver.Comparing;
using EarlyWarning.Driver.Scaling;
using EarlyWarning.Driver.Targets;
using Grpc.Core;

var root = RunCommand.Build(
    "Puts load on a suite, holds what it was told against the store, says what limits, and fails where a limit of the scenario fails.",
    async (settings, cancellationToken) =>
    {
        try
        {
            return await LoadRun.RunAsync(settings, Console.Out, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"load: {exception.Message}");
            return 2;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("load: it was ended before anything was measured.");
            return 2;
        }
        catch (RpcException exception)
        {
            await Console.Error.WriteLineAsync(
                $"load: {(settings.Endpoints.Count > 0 ? string.Join(", ", settings.Endpoints) : "the suite that was started")} answered "
                    + $"{exception.StatusCode}: {exception.Status.Detail}"
            );
            return 2;
        }
    }
);

var port = new Argument<int>("port") { Description = "The loopback port to listen on." };
var echo = new Command("echo", "Serves the bare echo that a suite is held against.") { port };
echo.SetAction((parsed, cancellationToken) => EchoServer.RunAsync(parsed.GetValue(port), cancellationToken));
root.Subcommands.Add(echo);
root.Subcommands.Add(ComparisonCommand.Build());
root.Subcommands.Add(ScalingCommand.Build());

// A run that is ended early reports what it has measured, and leaves no suite behind: that takes longer than the usual two seconds.
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });

// What was misspelt is no limit that failed.
return parsed.Errors.Count > 0 ? 2 : code;
