using System.Collections;
using Google.Protobuf;

namespace EarlyWarning.Access.Permissions;

/// <summary>Reads fields of requests by the paths that the contract's rules have.</summary>
internal static class RequestFields
{
    /// <summary>The text of a field of the request.</summary>
    public static string Text(IMessage request, string field) =>
        (string)request.Descriptor.FindFieldByName(field).Accessor.GetValue(request);

    /// <summary>Whether a field is set: given, not empty and not false.</summary>
    public static bool IsSet(IMessage request, string path)
    {
        object? value = request;
        foreach (var name in path.Split('.'))
        {
            if (value is not IMessage message)
            {
                return false;
            }

            value = message.Descriptor.FindFieldByName(name).Accessor.GetValue(message);
        }

        return value switch
        {
            null or false => false,
            string text => text.Length > 0,
            ICollection many => many.Count > 0,
            _ => true,
        };
    }
}
