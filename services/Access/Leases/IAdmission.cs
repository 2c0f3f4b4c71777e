namespace EarlyWarning.Access.Leases;

/// <summary>A feature of a call: what its caller was let in by.</summary>
internal interface IAdmission
{
    /// <summary>Begins to hold a stream or a socket open under it.</summary>
    ICallLease Hold();
}

/// <summary>A stream or a socket is held open, until it is disposed of.</summary>
internal interface ICallLease : IDisposable
{
    /// <summary>Gets what ends when its caller would be refused, or would be told of other things.</summary>
    CancellationToken Ended { get; }
}
