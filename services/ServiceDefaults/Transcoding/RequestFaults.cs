using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;

namespace EarlyWarning.ServiceDefaults.Transcoding;

/// <summary>Collects what is wrong with one request, so that all of it is named at once.</summary>
internal sealed class RequestFaults
{
    private const int Most = 100;
    private readonly List<(string Field, string Message)> _found = [];
    private V1.ErrorReason _reason;

    /// <summary>Gets whether so much is wrong that reading on is of no use.</summary>
    public bool Full => _found.Count >= Most;

    /// <summary>Adds a fault.</summary>
    public void Add(V1.ErrorReason reason, string field, string message)
    {
        _reason = _found.Count == 0 ? reason : _reason;
        _found.Add((field, message));
    }

    /// <summary>Throws where there is one.</summary>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw Fault.Fields(
                _reason,
                _found.Count == 1 ? _found[0].Message : $"{_found[0].Message} And {_found.Count - 1} more: see the field violations.",
                _found
            );
        }
    }

    /// <summary>The error of a request that cannot be read at all.</summary>
    public static RpcException Malformed(string field, string message) => Fault.Field(V1.ErrorReason.MalformedRequest, field, message);
}
