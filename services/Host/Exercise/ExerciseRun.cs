using EarlyWarning.Host.Clients;
using Grpc.Core;

namespace EarlyWarning.Host.Exercise;

/// <summary>Plays and tells an exercise until it is cancelled.</summary>
internal static class ExerciseRun
{
    public static async Task RunAsync(OwnClient own, Scenario scenario, TextWriter console, CancellationToken cancellationToken)
    {
        using var channel = own.Connect();
        await console.WriteLineAsync(
            $"EXERCISE  scenario      {scenario.Title}: {scenario.Countries} fictional countries. EXERCISE, not an actual warning."
        );
        await Task.WhenAll(
            GuardAsync(new ExercisePlayer(channel, scenario, TimeProvider.System, console).PlayAsync(cancellationToken)),
            GuardAsync(new ExerciseNarrator(channel, scenario.Frameworks[0], TimeProvider.System, console).TellAsync(cancellationToken))
        );

        async Task GuardAsync(Task part)
        {
            try
            {
                await part;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // When the suite stops, the exercise stops with it.
            }
            catch (Exception exception) when (exception is RpcException or InvalidOperationException)
            {
                await console.WriteLineAsync($"EXERCISE  scenario      cannot go on: {exception.Message}");
            }
        }
    }
}
