using EarlyWarning.Risk.Writing;
using EarlyWarning.Store.Faults;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Countries;

/// <content>
/// A round opens the country where it is not open, and writes what waits. Where that fails, those who wait are told to send again, and
/// everything that was open is given up.
/// </content>
internal sealed partial class LiveCountry
{
    private async Task RoundAsync()
    {
        try
        {
            _opened ??= await OpenAsync();
            if (_opened.Writer is not { } writer)
            {
                _queue.Fail(Revision, V1.ErrorReason.CountryFaulty, Faulty(_opened.Fault!));
                return;
            }

            await writer.RunAsync(_queue, _stopping);
            if (_woken)
            {
                _woken = false;
                await writer.MoveDueAsync(_stopping);
            }
        }
        catch (FencedException exception)
        {
            LogFenced(Code, exception.Message);
            Abandon(exception.Message);
            _replaced();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Abandon("the country moves to another activation.");
        }
        catch (StoreConflictException exception)
        {
            Refuse(exception.Message);
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(Code, exception.Message);
            Abandon(exception.Message);
        }
#pragma warning disable CA1031 // Whatever goes wrong, those who wait are answered and the journal is opened and folded again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(Code, exception);
            Abandon("the country's writer failed and starts again.");
        }
    }

    private async Task<OpenedCountry> OpenAsync()
    {
        var opened = await _opener.OpenAsync(Code, _conflict, this, _stopping);
        (_conflict, Revision) = (null, opened.State.Position);
        _local.SetFault(Code, opened.Fault);
        if (opened.Fault is null)
        {
            _reporter.Report();
        }

        return opened;
    }

    /// <summary>The store takes the entry neither now nor later: the country is at fault, and shows its last good state.</summary>
    private void Refuse(string why)
    {
        _conflict = $"the store refuses what follows position {Revision}: {why}";
        Close();
        _queue.Fail(Revision, V1.ErrorReason.CountryFaulty, Faulty(_conflict));

        // One more round opens the last good state and keeps the fault.
        _rounds.Again();
    }

    private void Abandon(string why)
    {
        Close();
        _queue.Fail(
            Revision,
            V1.ErrorReason.StoreUnavailable,
            $"The observation is not recorded as far as the suite knows: {why} Send the same again, with back-off."
        );
    }

    private string Faulty(string fault) => $"{Code} takes nothing in, and the operators are alarmed: {fault} Send the same again later.";

    private void Close()
    {
        _opened?.Dispose();
        (_opened, Revision) = (null, 0);
        _barrier.Lower();
    }

    [LoggerMessage(7051, LogLevel.Warning, "{Country} goes on with another writer: {Why}")]
    private partial void LogFenced(string country, string why);

    [LoggerMessage(7052, LogLevel.Warning, "{Country} takes nothing in until the store answers: {Why}")]
    private partial void LogUnavailable(string country, string why);

    [LoggerMessage(7053, LogLevel.Error, "The writer of {Country} failed and opens its journal again")]
    private partial void LogFailed(string country, Exception exception);
}
