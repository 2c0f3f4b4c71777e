namespace EarlyWarning.Risk.Countries;

/// <content>Readers see what is on the disk: while the state in memory is ahead of it they wait, which is for one commit at most.</content>
internal sealed partial class CountryGrain
{
    private TaskCompletionSource? _hidden;

    /// <summary>The position up to which everything is on the disk.</summary>
    private long _shown;

    private void Hide() => _hidden ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ShowAsync()
    {
        _shown = _state!.Position;
        Reveal();

        // Whoever waited reads before the next input is applied.
        await Task.Yield();
    }

    private void Reveal()
    {
        var hidden = _hidden;
        _hidden = null;
        hidden?.TrySetResult();
    }

    private async Task ShownAsync()
    {
        while (_hidden is { } hidden)
        {
            await hidden.Task;
        }
    }
}
