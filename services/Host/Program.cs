using System.CommandLine;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Exercise;
using EarlyWarning.Host.Options;
using EarlyWarning.Host.Starting;
using EarlyWarning.Yaml;
using Microsoft.Extensions.Diagnostics.HealthChecks;

var code = await HostCommand
    .Build(
        async (options, cancellationToken) =>
        {
            var left = false;
            try
            {
                var scenario = options.Exercise ? Scenario.Read(options.Scenario ?? ExerciseFiles.Scenario) : null;
                await using var suite = await SuiteHost.StartAsync(options, TimeProvider.System, cancellationToken);
                using var leaving = suite.App.Lifetime.ApplicationStopping.Register(() => left = suite.IsLeft);
                using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
                    suite.App.Lifetime.ApplicationStopping,
                    cancellationToken
                );
                await suite.ReadyAsync(stopping.Token);
                Console.WriteLine(
                    $"Early Warning{(options.Exercise ? " EXERCISE" : "")}"
                        + $"{(options.Cluster is null ? "" : $" ({string.Join(", ", options.Services)})")}: "
                        + $"board {options.Scheme}://{options.Http}/   gRPC {(options.Tls is null ? "" : "https://")}{options.Grpc}   "
                        + $"data {options.Folder}"
                );
                var systemd = new SystemdService(suite.App.Services.GetRequiredService<HealthCheckService>(), TimeProvider.System).RunAsync(
                    stopping.Token
                );
                var exercise = scenario is null
                    ? Task.CompletedTask
                    : ExerciseRun.RunAsync(suite.Own, scenario, Console.Out, stopping.Token);
                await suite.StopAskedAsync(cancellationToken);
                await stopping.CancelAsync();
                await systemd;
                await exercise;
                return left ? SiloEnd.ExitCode : 0;
            }
            catch (OperationCanceledException)
            {
                // Stopped before it was ready.
                return left ? SiloEnd.ExitCode : 0;
            }
            catch (Exception exception) when (exception is StartException or FaultyFileException or InvalidDataException)
            {
                await Console.Error.WriteLineAsync($"Early Warning cannot start: {exception.Message}");
                return 1;
            }
        }
    )
    .Parse(args)
    .InvokeAsync(
        new InvocationConfiguration
        {
            // Signals are the application's own: it takes the time that a clean stop needs.
            ProcessTerminationTimeout = null,
        }
    );

// A part that was left because it did not stop in time must not hold the process by a thread of its own.
Environment.Exit(code);
