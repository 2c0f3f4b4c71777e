using EarlyWarning.Risk.Simulating;

namespace EarlyWarning.Risk.Countries;

/// <content>
/// Simulates how sure the scores are, behind the loop: the newest state only, one run at a time. A result that a newer state has overtaken is kept
/// for what it is, of its own position, and is not shown beside another score.
/// </content>
internal sealed partial class CountryGrain
{
    private bool _simulating;
    private bool _simulateAgain;

    private void Simulate()
    {
        _simulateAgain = true;
        if (!_simulating && !_stopping.IsCancellationRequested)
        {
            _simulating = true;
            SimulateAllAsync().Ignore();
        }
    }

    private async Task SimulateAllAsync()
    {
        try
        {
            while (_simulateAgain && _state is { } state)
            {
                _simulateAgain = false;
                var any = false;
                foreach (var framework in state.Frameworks.Where(Simulator.IsNeeded).ToArray())
                {
                    framework.Simulated = await parts.Simulator.RunAsync(framework, Country, state.Position, _stopping);
                    any = true;
                }

                if (any)
                {
                    Report();
                }

                await Task.Delay(parts.Options.SimulateEvery, parts.Time, _stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The next activation simulates what is then the newest state.
        }
#pragma warning disable CA1031 // Without a simulation the interval by propagation of errors stands; the score itself does not depend on it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotSimulated(Country, exception);
        }
        finally
        {
            _simulating = false;
        }
    }
}
