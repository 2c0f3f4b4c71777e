using EarlyWarning.Sidecar.Broker;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>A message on its way to one app.</summary>
internal sealed class PendingDelivery(BrokerMessage message)
{
    public BrokerMessage Message => message;

    /// <summary>Attempts that the app was there for.</summary>
    public int Failures { get; set; }

    /// <summary>When the first attempt began, as a timestamp of the clock; 0 before it.</summary>
    public long FirstAttempt { get; set; }

    /// <summary>The process of the app that failed it last; <see langword="null"/> where none did.</summary>
    public AppInstance? FailedAt { get; set; }
}
