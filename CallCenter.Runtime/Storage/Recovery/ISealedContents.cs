using CallCenter.Runtime.Storage.Index;

namespace CallCenter.Runtime.Storage.Recovery;

/// <summary>What a sealed segment says of its instances, read and ready to be taken in.</summary>
internal interface ISealedContents
{
    void ApplyTo(InstanceTable table);
}
