namespace EarlyWarning.Sidecar.Delivery;

/// <content>What becomes of a delivery that failed.</content>
internal sealed partial class AppDelivery
{
    private void Wait(PendingDelivery delivery)
    {
        if (IsUp)
        {
            Park(delivery);
        }
        else
        {
            _lines.AddAgain(delivery);
        }
    }

    private void FailedAgain(PendingDelivery delivery, string reason, string? deadLetterTopic)
    {
        delivery.Failures++;
        var policy = _configuration.Policy(delivery.Message.PubSub, _app.AppId);
        var elapsed = _time.GetElapsedTime(delivery.FirstAttempt);
        if (policy.Retry?.Wait(delivery.Failures, elapsed, Random.Shared.NextDouble()) is not { } wait)
        {
            GiveUp(delivery, reason, deadLetterTopic);
            return;
        }

        if (delivery.Failures == 1)
        {
            _logger.Retrying(_app.AppId, delivery.Message.EventId, delivery.Message.Topic, reason, wait);
        }

        Interlocked.Increment(ref _running);
        _ = AgainAsync(delivery, wait);
    }

    private async Task AgainAsync(PendingDelivery delivery, TimeSpan wait)
    {
        await Task.Delay(wait, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lines.AddAgain(delivery);
        Pump();
        Leave();
    }

    private void GiveUp(PendingDelivery delivery, string reason, string? deadLetterTopic)
    {
        var message = delivery.Message;
        if (string.IsNullOrEmpty(deadLetterTopic))
        {
            _logger.Lost(_app.AppId, message.EventId, message.Topic, delivery.Failures, reason);
            _broker.Settle(message, _app.AppId);
            return;
        }

        _logger.DeadLettered(_app.AppId, message.EventId, message.Topic, deadLetterTopic, delivery.Failures, reason);
        _broker.MoveToDeadLetters(message, _app.AppId, deadLetterTopic, reason, delivery.Failures);
    }
}
