using Google.Protobuf;

namespace EarlyWarning.Contracts.Catalogue;

/// <summary>Makes the responses of writes of the catalogue from what they came to: those that are sent, and those that are kept.</summary>
public static class CatalogueAnswers
{
    private static readonly Dictionary<string, MessageParser> s_parsers = new[]
    {
        V1.CatalogueServiceReflection.Descriptor,
        V1.ThresholdServiceReflection.Descriptor,
        V1.ScoringServiceReflection.Descriptor,
    }
        .SelectMany(file => file.Services)
        .SelectMany(service => service.Methods)
        .ToDictionary(method => $"/{method.Service.FullName}/{method.Name}", method => method.OutputType.Parser, StringComparer.Ordinal);

    /// <summary>Adds what a change came to.</summary>
    public static T With<T>(this T answer, CatalogueChange change)
        where T : IMessage
    {
        ArgumentNullException.ThrowIfNull(change);
        switch (answer)
        {
            case V1.CreateIndicatorsResponse response:
                response.Indicators.Add(change.Indicators);
                break;
            case V1.CreateFrameworkResponse response:
                response.Framework = change.Framework;
                break;
            case V1.RetireFrameworkResponse response:
                response.Framework = change.Framework;
                response.Thresholds.Add(change.RetiredThresholds);
                break;
            case V1.CreateThresholdResponse response:
                response.Threshold = change.Threshold;
                break;
            case V1.UpdateThresholdResponse response:
                response.Threshold = change.Threshold;
                break;
            case V1.RetireThresholdResponse response:
                response.Threshold = change.Threshold;
                break;
            case V1.RebaseFrameworkResponse response:
                response.Framework = change.Framework;
                break;
            case V1.FitModelResponse response:
                response.Framework = change.Framework;
                response.Computation.Framework = change.Framework!.Name;
                break;
            default:
                throw new ArgumentException($"{answer.Descriptor.Name} answers no write of the catalogue.", nameof(answer));
        }

        return answer;
    }

    /// <summary>The response that is kept.</summary>
    public static byte[] AnswerOf(this KeptRequest request, CatalogueChange change)
    {
        ArgumentNullException.ThrowIfNull(request);
        var method = request.Mark.Split('\n')[2];
        return s_parsers[method].ParseFrom(request.Response).With(change).ToByteArray();
    }
}
