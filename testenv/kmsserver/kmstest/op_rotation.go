package kmstest

import "slices"

// RotateAutomatically is Rotate, as KMS does it by itself once in a while.
func (s *Server) RotateAutomatically(arn string) (materialID string, err error) {
	err = s.change(arn, func(k *key) {
		materialID = k.rotate(s.now()).ID
		k.Automatic = append(k.Automatic, materialID)
	})
	return materialID, err
}

func rotateKeyOnDemand(c *call, in keyInput) (any, *apiError) {
	k, e := c.owned(in.KeyID, "RotateKeyOnDemand")
	if e != nil {
		return nil, e
	}
	if e := k.usable("RotateKeyOnDemand"); e != nil {
		return nil, e
	}
	k.rotate(c.s.now())
	c.s.changed()
	return keyInput{KeyID: k.ARN}, nil
}

type listKeyRotationsInput struct {
	KeyID              string `json:"KeyId"`
	IncludeKeyMaterial string `json:"IncludeKeyMaterial"`
}

type rotation struct {
	KeyID            string  `json:"KeyId"`
	KeyMaterialID    string  `json:"KeyMaterialId,omitempty"`
	KeyMaterialState string  `json:"KeyMaterialState,omitempty"`
	RotationDate     float64 `json:"RotationDate,omitempty"`
	RotationType     string  `json:"RotationType,omitempty"`
}

// listKeyRotations works within the key's own account alone. The first material is listed only on request, and
// without a rotation date: nothing was rotated to get it.
func listKeyRotations(c *call, in listKeyRotationsInput) (any, *apiError) {
	k, e := c.owned(in.KeyID, "ListKeyRotations")
	if e != nil {
		return nil, e
	}
	all := in.IncludeKeyMaterial == "ALL_KEY_MATERIAL"
	out := struct {
		Rotations []rotation `json:"Rotations"`
		Truncated bool       `json:"Truncated"`
	}{Rotations: []rotation{}}
	for i, m := range k.Materials {
		r := rotation{KeyID: k.ARN, KeyMaterialID: m.ID, KeyMaterialState: "NON_CURRENT"}
		if i == len(k.Materials)-1 {
			r.KeyMaterialState = "CURRENT"
		}
		if i > 0 {
			r.RotationDate, r.RotationType = epoch(k.Rotated[i-1]), "ON_DEMAND"
			if slices.Contains(k.Automatic, m.ID) {
				r.RotationType = "AUTOMATIC"
			}
		}
		if i > 0 || all {
			out.Rotations = append(out.Rotations, r)
		}
	}
	return out, nil
}
